export function pairsIn(source: string): [symbol: string, text: string][];
