import type { CorrectionEvent } from '../../src/domain/correction.events.js';
import { because, type Lines, shown } from './line.js';

/** What the timeline says of corrections and retractions. */
export const correctionLines: Lines<CorrectionEvent> = {
  EventCorrected: ({ data }) => {
    const set = Object.entries(data.set ?? {}).map(([name, value]) => ({ name, ...valueText(value) }));
    const gone = (data.unset ?? []).map((name) => ({ name, en: '–', zh: '–' }));
    const when = data.time === undefined ? [] : [{ name: 'time', en: data.time, zh: data.time }];
    const parts = [...set, ...gone, ...when];
    const en = parts.map((part) => `${part.name} ${part.en}`).join(', ');
    const zh = parts.map((part) => `${part.name} ${part.zh}`).join('、');
    return because(
      { en: `Corrected ${data.corrects}${en && ` (${en})`}`, zh: `更正 ${data.corrects}${zh && `(${zh})`}` },
      data.reason,
    );
  },
  EventRetracted: ({ data }) => {
    const by = data.replacedBy === undefined ? null : data.replacedBy;
    return because(
      {
        en: `Retracted ${data.retracts}${by ? `, replaced by ${by}` : ''}`,
        zh: `撤回 ${data.retracts}${by ? `,由 ${by} 取代` : ''}`,
      },
      data.reason,
    );
  },
};

function valueText(value: unknown): { en: string; zh: string } {
  if (typeof value === 'object' && value !== null && ('erased' in value || 'sealed' in value)) return shown(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { en: text, zh: text };
}
