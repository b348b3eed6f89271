const category = /^(?:(?:account|activity|books|contact|member|subject|batch)-.|(?:programme|structure|log)$)/;

/** Names of the log's streams on a server that it may share with others: the prefix is there only, never in the bytes. */
export class Names {
  constructor(private readonly prefix: string) {}

  onServer(stream: string): string {
    return this.prefix + stream;
  }

  /** The log's stream of that name on the server; undefined where it is not one of ours. */
  ours(name: string): string | undefined {
    if (!name.startsWith(this.prefix)) return undefined;
    const stream = name.slice(this.prefix.length);
    return category.test(stream) ? stream : undefined;
  }
}
