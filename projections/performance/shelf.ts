/** Things that later events may refer to by id, by the month in which they happened, so that old months can be dropped whole. */
export type Shelf<V> = Record<string, Record<string, V>>;

/** Months for which a shelf remembers [P]: what refers to something older finds it no longer, and adds instead of replacing. */
export const shelfMonths = 12;

/** Months are told apart roughly, by 30.4375 days: they only bound memory, no figure depends on their edges. */
const monthDays = 30.4375;

/** Puts a thing of that day on the shelf; a new month drops those that are too old. */
export function put<V>(shelf: Shelf<V>, day: number, id: string, value: V): void {
  const month = Math.floor(day / monthDays);
  let things = shelf[month];
  if (things === undefined) {
    things = {};
    shelf[month] = things;
    drop(shelf, month);
  }
  things[id] = value;
}

/** Drops what is too old once a month has begun. Months come in order: of the past ones only those are left that the one before it did not drop. */
function drop<V>(shelf: Shelf<V>, month: number): void {
  const oldest = month - shelfMonths;
  let before = month - 1;
  while (before >= oldest && shelf[before] === undefined) before--;
  if (before >= oldest) for (let old = before - shelfMonths; old < oldest; old++) delete shelf[old];
  else for (const old of Object.keys(shelf)) if (Number(old) < oldest) delete shelf[old];
}

/** The thing of that id, if it is still there. */
export function find<V>(shelf: Shelf<V>, id: string): V | undefined {
  for (const month in shelf) {
    const things = shelf[month]!;
    if (Object.hasOwn(things, id)) return things[id];
  }
  return undefined;
}

/** Takes a thing from the shelf. */
export function take<V>(shelf: Shelf<V>, id: string): V | undefined {
  for (const month in shelf) {
    const things = shelf[month]!;
    if (!Object.hasOwn(things, id)) continue;
    const value = things[id];
    delete things[id];
    return value;
  }
  return undefined;
}
