/** An object whose parts are made when they are first looked at: explaining one figure makes that figure only. */
export function lazily<T extends object>(parts: { readonly [K in keyof T]: () => T[K] }): T {
  const made = {} as T;
  for (const name of Object.keys(parts) as (keyof T)[]) {
    let known: { readonly value: T[keyof T] } | undefined;
    const get = () => {
      known ??= { value: parts[name]() };
      return known.value;
    };
    Object.defineProperty(made, name, { get, enumerable: true });
  }
  return made;
}
