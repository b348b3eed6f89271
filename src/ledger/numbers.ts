const columns = { streams: 'name', accounts: 'id', types: 'name' } as const;

type Table = keyof typeof columns;

/** Names of streams, accounts and types and their numbers in the log, remembered both ways: they never change. */
export class Numbers {
  private readonly numbers = { streams: new Map(), accounts: new Map(), types: new Map() } as Readonly<
    Record<Table, Map<string, number>>
  >;
  private readonly names = { streams: new Map(), accounts: new Map(), types: new Map() } as Readonly<
    Record<Table, Map<number, string>>
  >;

  constructor(private readonly one: (sql: string, value: string | number) => unknown) {}

  /** The number of a name; undefined where the log has none yet. */
  of(table: Table, name: string): number | undefined {
    const known = this.numbers[table].get(name);
    if (known !== undefined) return known;
    const found = this.one(`SELECT no FROM ${table} WHERE ${columns[table]} = ?`, name) as number | undefined;
    if (found !== undefined) remember(this.numbers[table], name, found);
    return found;
  }

  name(table: Table, no: number): string {
    const known = this.names[table].get(no);
    if (known !== undefined) return known;
    const found = this.one(`SELECT ${columns[table]} FROM ${table} WHERE no = ?`, no) as string;
    remember(this.names[table], no, found);
    return found;
  }
}

/** A full cache is simply begun anew. */
export function remember<K, V>(cache: Map<K, V>, key: K, value: V): void {
  if (cache.size >= 50_000) cache.clear();
  cache.set(key, value);
}
