import { projections, reports } from '../../projections/registry.js';
import { annotations, topics } from '../domain/catalogue.js';
import type { Class } from '../kernel/fields.js';
import { reportSchema, viewSchema } from './answer-schemas.js';
import { parametersOf } from './portfolio.js';
import { schemaOf } from './schemas.js';

interface Named {
  readonly name: string;
  readonly en: string;
  readonly zh: string;
  readonly schema?: object;
}

/** What there is. */
export interface Catalogue {
  readonly commands: readonly Named[];
  readonly events: readonly (Named & {
    readonly topic: string;
    readonly permanent: boolean;
    readonly schemaversion: number;
  })[];
  readonly views: readonly Named[];
  readonly reports: readonly Named[];
}

/** Everything there is by name, with a sentence in both languages and its JSON schema; of views and reports that of their `data`. Made once. */
export function catalogue(): Catalogue {
  made ??= make();
  return made;
}
let made: Catalogue | undefined;

function make(): Catalogue {
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
  const views = projections.map((projection) => {
    const { name, version, of, question, rows, sums, uses, parameters } = projection;
    return {
      name,
      version,
      of,
      ...question,
      sums: sums === true,
      uses: uses ?? [],
      parameters: parameters ?? {},
      rows: rows?.columns ?? null,
      schema: viewSchema(projection),
    };
  });
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
      schema: reportSchema(report),
    })),
  };
}

const says = (
  table: Readonly<Record<string, { readonly en: string; readonly zh: string }>>,
  name: string,
): { en: string; zh: string } => table[name] ?? { en: name, zh: name };
