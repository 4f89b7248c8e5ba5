import { Alert, Button } from 'antd';
import type { ImportPlan } from '../../api/types.ts';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';
import { KIND_NAMES } from '../../words/names.ts';

interface Props {
  readonly plan: ImportPlan;
  readonly isApplying: boolean;
  readonly onApply: (isSubmitting: boolean) => void;
  readonly onAgain: () => void;
}

type Planned = ImportPlan['created'][number];

/** What an import would do, before it does it. */
export function PlanView({ plan: { created, changed, skipped, problems, canApply }, isApplying, onApply, onAgain }: Props) {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const count = created.length + changed.length;
  return (
    <>
      {problems.length > 0 && (
        <Alert
          className="gap-below"
          type={errors > 0 ? 'error' : 'warning'}
          showIcon
          role="status"
          title={errors > 0 ? `有 ${errors} 处错误，请改好文件后重新导入` : `有 ${problems.length} 处提示，不妨碍导入`}
          description={
            <ul className="problems">
              {problems.map(({ place, message }) => (
                <li key={`${place}:${message}`}>
                  <strong>{place}</strong> {message}
                </li>
              ))}
            </ul>
          }
        />
      )}
      <Group title={`新建（${created.length}）`} items={created} />
      <Group title={`更新（${changed.length}）`} items={changed} />
      {skipped.length > 0 && (
        <Panel title={`没有变化，跳过（${skipped.length}）`}>
          <ul className="bullets">
            {skipped.map(({ id, title, origin }) => (
              <li key={id}>
                {title} <span className="quiet">{origin}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <section className="panel" aria-label="执行导入">
        <div className="save-bar">
          <Button type="primary" disabled={!canApply || count === 0} loading={isApplying} onClick={() => onApply(true)}>
            导入并提交审核
          </Button>
          <Button disabled={!canApply || count === 0} loading={isApplying} onClick={() => onApply(false)}>
            只存为草稿
          </Button>
          <Button type="text" onClick={onAgain}>
            重新选择文件
          </Button>
        </div>
        <p className="quiet gap-above">
          {count === 0 ? '没有需要写入的内容。' : `将写入 ${count} 份，全部成功才算数；之后仍要经过审核才会用来回答。`}
        </p>
      </section>
    </>
  );
}

function Group({ title, items }: { readonly title: string; readonly items: readonly Planned[] }) {
  if (items.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className="plan">
        {items.map(({ id, title, kind, origin, sections, facts, differences }) => (
          <li key={id}>
            <div className="plan-head">
              <strong>{title}</strong>
              <StateWord tone="plain">{KIND_NAMES[kind]}</StateWord>
            </div>
            <p className="quiet">
              {id} · {sections} 条 · 来自 {origin}
            </p>
            {facts.length > 0 && <p>{facts.join('；')}</p>}
            {differences.length > 0 && (
              <ul className="bullets">
                {differences.map((difference) => (
                  <li key={difference}>{difference}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
