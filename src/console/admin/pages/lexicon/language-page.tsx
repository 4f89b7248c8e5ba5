import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { PageFrame } from '../../shared/page-frame.tsx';
import { EnglishEditor } from './english-editor.tsx';
import { LexiconEditor } from './lexicon-editor.tsx';
import { LanguageText } from '../../shared/language-text.tsx';
import { ThesaurusEditor } from './thesaurus-editor.tsx';

const TEXTS = [
  {
    id: 'thesaurus.yaml',
    kind: 'thesaurus',
    label: '同义词',
    intro: '文件里的正式说法，和人们平常的说法。多义的口语单独标出，检索时分量轻一些。',
  },
  { id: 'lexicon.txt', kind: 'lexicon', label: '专有词表', intro: '分词时要保持完整的词：机构、项目、政策的名称。' },
  { id: 'english.yaml', kind: 'english', label: '英文用语', intro: '英文提问里的词，对应到政策里的中文用语。' },
] as const;

/** The words the house reads questions with. They change by the same review as documents. */
export function LanguagePage() {
  const [search, setSearch] = useSearchParams();
  const current = TEXTS.find(({ id }) => id === search.get('text')) ?? TEXTS[0];
  return (
    <PageFrame title="词典与同义词" intro="改动先成为草稿，审核时可以看到哪些回答会变，发布后才生效。">
      <Tabs
        activeKey={current.id}
        destroyOnHidden
        onChange={(text) => setSearch({ text })}
        items={TEXTS.map(({ id, label, intro, kind }) => ({
          key: id,
          label,
          children: (
            <>
              <p className="panel-intro">{intro}</p>
              {kind === 'thesaurus' && <LanguageText id={id} kind={kind} empty={{ kind, groups: [] }} editor={ThesaurusEditor} />}
              {kind === 'lexicon' && <LanguageText id={id} kind={kind} empty={{ kind, words: [] }} editor={LexiconEditor} />}
              {kind === 'english' && <LanguageText id={id} kind={kind} empty={{ kind, terms: {} }} editor={EnglishEditor} />}
            </>
          ),
        }))}
      />
    </PageFrame>
  );
}
