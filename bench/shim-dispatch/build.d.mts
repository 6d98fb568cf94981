export function buildDispatch(folder: string, compiler: string, mode: "dual" | "single"): { program: string; loops: string };
