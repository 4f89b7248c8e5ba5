import type { TextItem } from '../../api/types.ts';
import { FactList } from '../../shared/facts.tsx';
import { Panel } from '../../shared/panel.tsx';
import { CATEGORY_NAMES, isRecordKind } from '../../words/names.ts';
import { moment } from '../../words/time.ts';

export function TextFacts({ item }: { readonly item: TextItem }) {
  return (
    <Panel title="基本信息">
      <FactList
        items={[
          ['类别', item.category && CATEGORY_NAMES[item.category]],
          ['文号', item.documentNumber],
          ['发文机关', item.issuingBody],
          ['施行日期', item.effectiveOn],
          ['失效日期', item.expiresOn],
          ['最后核对', isRecordKind(item.kind) ? (item.verifiedOn ?? '从未核对') : null],
          ['正在使用', item.published === null ? '未发布' : `第 ${item.published} 次修订`],
          ['发布时间', item.publishedAtMs === null ? null : moment(item.publishedAtMs)],
        ]}
      />
    </Panel>
  );
}
