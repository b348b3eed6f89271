import type { Projection } from '../src/kernel/projection.js';
import type { Finding } from './contacts/findings.js';
import { following, oddOf, type Sequenced, unbegun } from './sequence/rule.js';

/** The answer of `sequence`. */
export interface SequenceView {
  /** How many events presuppose something that nothing tells of. */
  readonly odd: number;
  readonly findings: readonly Finding[];
}

/** Whether what was told follows from what stands before it: a correction may take away what later events stand on. */
export const sequence: Projection<Sequenced, SequenceView> = {
  name: 'sequence',
  version: 1,
  of: 'account',
  question: { en: 'Does what was told follow from what stands before?', zh: '所记录的事项前后是否衔接?' },
  initial: () => ({ sequence: unbegun() }),
  on: following<Sequenced, Projection<Sequenced>['on']>('account', {}),
  view: (state) => ({
    odd: state.sequence.odd.length,
    findings: oddOf(state.sequence).map(({ accountId: _own, ...finding }) => finding),
  }),
};
