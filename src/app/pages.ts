/** The first page that holds anything, alone; nothing where none does. */
export function* firstOf<T>(pages: Iterator<readonly T[]>): Generator<readonly T[]> {
  for (let page = pages.next(); !page.done; page = pages.next())
    if (page.value.length > 0) {
      yield page.value;
      return;
    }
}

/** One after the other. */
export function* inTurn<T>(first: readonly T[], rest: Iterable<T>): Generator<T> {
  yield* first;
  yield* rest;
}
