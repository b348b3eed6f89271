import { projections, reports } from '../../projections/registry.js';
import { annotations, topics } from '../domain/catalogue.js';
import type { Class } from '../kernel/fields.js';
import { parametersOf } from './portfolio.js';
import { schemaOf } from './schemas.js';

interface Named {
  readonly name: string;
  readonly en: string;
  readonly zh: string;
  readonly schema?: object;
}

/** Everything there is by name, with a sentence in both languages and its JSON schema. */
export function catalogue(): {
  commands: Named[];
  events: (Named & { topic: string; permanent: boolean; schemaversion: number })[];
  views: object[];
  reports: object[];
} {
  const all = [...topics, annotations];
  const commands = all.flatMap((topic) =>
    Object.entries(topic.commands).map(([name, type]) => ({
      name,
      ...says(topic.says, name),
      schema: schemaOf(type as Class),
    })),
  );
  const events = all.flatMap((topic) =>
    Object.entries(topic.events).map(([name, type]) => ({
      name,
      topic: topic.name,
      permanent: type.permanent === true,
      schemaversion: type.schemaversion ?? 1,
      ...says(topic.says, name),
      schema: schemaOf(type as Class),
    })),
  );
  const views = projections.map(({ name, version, of, question, rows, sums, uses, parameters }) => ({
    name,
    version,
    of,
    ...question,
    sums: sums === true,
    uses: uses ?? [],
    parameters: parameters ?? {},
    rows: rows?.columns ?? null,
  }));
  return {
    commands,
    events,
    views,
    reports: reports.map((report) => ({
      name: report.name,
      version: report.version,
      ...report.question,
      uses: report.uses,
      parameters: parametersOf(report),
    })),
  };
}

const says = (
  table: Readonly<Record<string, { readonly en: string; readonly zh: string }>>,
  name: string,
): { en: string; zh: string } => table[name] ?? { en: name, zh: name };
