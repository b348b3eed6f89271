import type { StructureEvent } from '../../src/domain/structure/structure.events.js';
import { because, type Lines } from './line.js';

/** What the timeline says of who belongs under whom. */
export const structureLines: Lines<StructureEvent> = {
  AccountPlacedUnder: ({ data: { accountId, parentId } }) =>
    parentId === null
      ? { en: `${accountId} belongs under nobody`, zh: `${accountId} 不再归属任何客户` }
      : { en: `${accountId} belongs under ${parentId}`, zh: `${accountId} 归属于 ${parentId}` },
  AccountsMerged: ({ data: { from, into, reason } }) =>
    because({ en: `${from} was merged into ${into}`, zh: `${from} 并入 ${into}` }, reason),
  AccountsUnmerged: ({ data: { from, into, reason } }) =>
    because({ en: `${from} was parted from ${into} again`, zh: `${from} 与 ${into} 重新分开` }, reason),
};
