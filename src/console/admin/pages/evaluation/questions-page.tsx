import { LanguageText } from '../../shared/language-text.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { QuestionsEditor } from './questions-editor.tsx';

/** The question set, edited by the same way of review as everything else. */
export function QuestionsPage() {
  return (
    <PageFrame
      title="评测题集"
      intro="每题写明应当由哪一条回答；留空表示库里没有、应当如实说没有。改动同样先成为草稿，经审核后生效。"
      back={{ to: '/evaluation', label: '评测' }}
    >
      <LanguageText id="questions.jsonl" kind="questions" empty={{ kind: 'questions', questions: [] }} editor={QuestionsEditor} />
    </PageFrame>
  );
}
