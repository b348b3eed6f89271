import { Refusal } from '../kernel/refusal.js';

/** The words of a command line: what stands alone, and the options by name. */
export interface Words {
  readonly rest: readonly string[];
  readonly options: Readonly<Record<string, string | true>>;
}

/** A wrong use of the command line: exit code 3. */
export class Usage extends Refusal {
  constructor(message: string) {
    super('config/invalid', message);
  }
}

/** Reads words: `--name value`, `--name=value`, or `--flag` for those named as flags. Refuses options that the command does not take. */
export function wordsOf(
  args: readonly string[],
  takes: {
    readonly flags?: readonly string[];
    readonly values?: readonly string[];
    /** Whether `--url` may send it to a service. */
    readonly service?: boolean;
  },
): Words {
  const rest: string[] = [];
  const options: Record<string, string | true> = {};
  const flags = new Set(['json', ...(takes.flags ?? [])]);
  const values = new Set([...(takes.service ? ['url', 'token'] : []), ...(takes.values ?? [])]);
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (!word.startsWith('--') || word === '--') {
      rest.push(word);
      continue;
    }
    const [name = '', inline] = word.slice(2).split(/=(.*)/s);
    if (flags.has(name) && inline === undefined) options[name] = true;
    else if (values.has(name)) {
      const value = inline ?? args[++i];
      if (value === undefined) throw new Usage(`--${name} needs a value`);
      options[name] = value;
    } else
      throw new Usage(
        `--${name} is no option of this command; it takes ${[...flags, ...values].map((one) => `--${one}`).join(', ')}`,
      );
  }
  return { rest, options };
}

/** An option's value as text. */
export const option = (words: Words, name: string): string | undefined => {
  const value = words.options[name];
  return typeof value === 'string' ? value : undefined;
};

/** True where a flag is set. */
export const flag = (words: Words, name: string): boolean => words.options[name] === true;

/** The words that stand alone, one for each name. */
export function need(words: Words, ...names: readonly string[]): readonly string[] {
  if (words.rest.length !== names.length)
    throw new Usage(`This command takes ${names.map((name) => `<${name}>`).join(' ') || 'options alone'}`);
  return words.rest;
}

/** Those of the options that were given, by name. */
export function given(words: Words, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = option(words, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
