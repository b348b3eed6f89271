import type { BatchEvent } from '../../src/domain/batch/batch.events.js';
import { because, type Lines, shown } from './line.js';

/** What the timeline says of an import. */
export const batchLines: Lines<BatchEvent> = {
  ImportStarted: ({ data }) => {
    const files = data.files.map(({ name }) => shown(name));
    return {
      en: `Import from ${data.sourceSystem} by ${data.mapping} began: ${files.map(({ en }) => en).join(', ')}`,
      zh: `开始从 ${data.sourceSystem} 导入(${data.mapping}):${files.map(({ zh }) => zh).join('、')}`,
    };
  },
  ImportCompleted: ({ data }) => {
    const counts = Object.entries(data.counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
    return {
      en: `Import complete: ${counts}; rejected ${data.rejected}`,
      zh: `导入完成:${counts};拒绝 ${data.rejected}`,
    };
  },
  ImportReverted: ({ data }) => because({ en: 'Import taken back', zh: '导入已撤回' }, data.reason),
};
