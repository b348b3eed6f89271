import type { LogEvent } from '../../src/domain/log/log.events.js';
import type { Lines } from './line.js';

/** What the timeline says of the log's own affairs. */
export const logLines: Lines<LogEvent> = {
  StreamHeadsDigested: ({ data }) => ({
    en: `Heads of ${data.count} streams bound up to position ${data.upTo}: ${data.root}`,
    zh: `截至位置 ${data.upTo} 绑定 ${data.count} 个流的末端:${data.root}`,
  }),
  KeyDestroyedAgain: ({ data }) => ({
    en: `Key ${data.keyId} of ${data.subjectId} had come back and was destroyed again`,
    zh: `${data.subjectId} 的密钥 ${data.keyId} 曾重新出现,已再次销毁`,
  }),
  LogContinued: ({ data }) => ({
    en: `The log goes on as ${data.origin} from ${data.size} events with root ${data.root}`,
    zh: `日志以 ${data.origin} 之名延续,承接 ${data.size} 个事件,根 ${data.root}`,
  }),
};
