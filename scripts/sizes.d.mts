export function sizes(): Promise<Record<string, number>>;
export function reported(): Record<string, number>;
