/** What a table holds under a caller's own id; undefined where nothing. An id may be `constructor`: only own keys count. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The same, made and kept where nothing is there yet. */
export function ownOr<T>(table: Record<string, T>, key: string, make: () => NoInfer<T>): T {
  if (Object.hasOwn(table, key)) return table[key]!;
  const made = make();
  table[key] = made;
  return made;
}
