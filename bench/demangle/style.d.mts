export function inOneStyle(text: string): string;
