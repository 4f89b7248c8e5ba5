import { Collapse, Select } from 'antd';
import type { Preview, RecordContent } from '../../api/types.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { CATEGORY_NAMES, optionsOf } from '../../words/names.ts';
import { SEPARATORS } from './field-input.tsx';
import { QuestionGroupsInput } from './question-groups-input.tsx';
import { readGroups } from './question-groups.ts';

type SectionMeta = Readonly<Record<string, unknown>> & { readonly number: number };

interface Props {
  readonly content: RecordContent;
  /** As the text is divided now. */
  readonly sections: Preview['sections'];
  readonly onChange: (content: RecordContent) => void;
}

/** Categories, tags and alternate questions of each section. */
export function SectionsInput({ content, sections, onChange }: Props) {
  const metas = (Array.isArray(content.meta['sections']) ? content.meta['sections'] : []) as readonly SectionMeta[];
  const gone = metas
    .filter(({ number }) => !sections.some((section) => section.number === number))
    .map(({ number }) => ({ number, title: '（正文里没有这一条）' }));
  const all = [...sections, ...gone].toSorted((left, right) => left.number - right.number);
  const change = (number: number, changed: Readonly<Record<string, unknown>>): void => {
    const next: SectionMeta = { ...metas.find((meta) => meta.number === number), ...changed, number };
    const others = metas.filter((meta) => meta.number !== number);
    onChange({ ...content, meta: { ...content.meta, sections: [...others, next].toSorted((left, right) => left.number - right.number) } });
  };
  if (all.length === 0) return <Nothing words="正文写好并能读取后，这里会列出各条" />;
  return (
    <Collapse
      items={all.map(({ number, title }) => {
        const meta = metas.find((found) => found.number === number);
        const asked = readGroups(meta?.['questions']).flatMap(({ ask }) => ask).length;
        const name = `第 ${number} 条`;
        return {
          key: number,
          label: `${number === 0 ? '开头' : name} ${title}`,
          extra: <span className="quiet">{asked} 个相似问</span>,
          children: (
            <div className="section-meta">
              <label>
                <span>类别</span>
                <Select
                  aria-label={`${name}类别`}
                  mode="multiple"
                  placeholder="同整份文件"
                  options={optionsOf(CATEGORY_NAMES)}
                  value={listOf(meta?.['category'])}
                  onChange={(category) => change(number, { category: category.length === 0 ? undefined : category })}
                />
              </label>
              <label>
                <span>标签</span>
                <Select
                  aria-label={`${name}标签`}
                  mode="tags"
                  open={false}
                  suffixIcon={null}
                  tokenSeparators={SEPARATORS}
                  value={listOf(meta?.['tags'])}
                  onChange={(tags) => change(number, { tags })}
                />
              </label>
              <QuestionGroupsInput of={name} questions={meta?.['questions']} onChange={(questions) => change(number, { questions })} />
            </div>
          ),
        };
      })}
    />
  );
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : []);
