/** What a command came to: the events it made, or had made when it was first sent. */
export interface Receipt {
  readonly commandId: string;
  readonly stream: string;
  /** Revision of the stream after the command's last event. */
  readonly revision: number;
  readonly events: readonly { readonly id: string; readonly type: string }[];
  readonly repeated: boolean;
  /** Position of the last event; null while the mirror of a cluster is behind, or where nothing was written. */
  readonly position: number | null;
  /** Opaque: a reader who passes it as `?after=` sees the command's events. */
  readonly after: string;
}

/** What a command would come to: nothing was written. */
export interface DryRun {
  readonly dryRun: true;
  readonly stream: string;
  readonly revision: number;
  readonly events: readonly {
    readonly type: string;
    readonly accountid?: string;
    readonly time: string;
    readonly data: object;
  }[];
  /** What a person should know before doing it, as a merge of two currencies. */
  readonly conflicts: readonly { readonly code: string; readonly detail: string }[];
}
