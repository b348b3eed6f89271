import { codes, type RefusalCode } from './refusals.js';

/** Whose move it is after a refusal; the HTTP edge turns each into one status. */
export type Category =
  | 'malformed'
  | 'incorrect'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'forbidden'
  | 'unauthorized'
  | 'too-large'
  | 'too-many'
  | 'unavailable'
  | 'fault';

/** One bad field: JSON pointer, stable code, and a sentence that says what to do. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** What a refusal may carry besides its sentence: bad fields, and values a program can use. */
export interface RefusalDetail {
  readonly errors?: readonly FieldError[];
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The only deliberate error: a code from the closed list in `refusals.ts` and a sentence with the values in it. */
export class Refusal extends Error {
  readonly errors: readonly FieldError[];
  readonly values: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: RefusalCode,
    message: string,
    detail: RefusalDetail = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.errors = detail.errors ?? [];
    this.values = detail.values ?? {};
  }

  /** Whose move it is: looked up, so that a code can never travel with two categories. */
  get category(): Category {
    return codes[this.code];
  }
}

export type { RefusalCode };
