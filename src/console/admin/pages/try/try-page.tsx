import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { fetchTexts, textsKey } from '../../api/texts.ts';
import { explain } from '../../api/work.ts';
import { Fault } from '../../shared/fault.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { ExplainedView } from './explained-view.tsx';

const DRAFTS = { state: 'draft', page: 1, size: 100 };
const IN_REVIEW = { state: 'in-review', page: 1, size: 100 };

/** Asks a question and shows why it is answered as it is: now, before the last publication, and with a draft. */
export function TryPage() {
  const [question, setQuestion] = useState('');
  const [draft, setDraft] = useState<string | null>(null);
  const drafts = useQuery({ queryKey: textsKey(DRAFTS), queryFn: () => fetchTexts(DRAFTS) });
  const inReview = useQuery({ queryKey: textsKey(IN_REVIEW), queryFn: () => fetchTexts(IN_REVIEW) });
  const open = [...(drafts.data?.items ?? []), ...(inReview.data?.items ?? [])];
  const asking = useMutation({
    mutationFn: () => {
      const item = open.find(({ id }) => id === draft);
      return explain(question.trim(), item === undefined ? null : { textId: item.id, number: item.latest });
    },
  });
  const canAsk = question.trim() !== '';
  return (
    <PageFrame title="检索测试" intro="像用户那样问一句，看系统怎样理解、找到了什么、为什么这样回答。">
      <section className="panel" aria-label="提问">
        <Form layout="vertical" component="form" className="ask-form" onFinish={() => canAsk && asking.mutate()}>
          <Form.Item label="问题" htmlFor="try-question">
            <Input
              id="try-question"
              size="large"
              maxLength={2000}
              placeholder="例如：缺钱了有什么支持"
              value={question}
              onChange={({ target }) => setQuestion(target.value)}
            />
          </Form.Item>
          <Form.Item label="同时用一份草稿试" htmlFor="try-draft">
            <Select
              id="try-draft"
              aria-label="同时用一份草稿试"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="不用草稿"
              size="large"
              value={draft}
              options={open.map(({ id, title, latest }) => ({ value: id, label: `${title}（第 ${latest} 次修订）` }))}
              onChange={(chosen) => setDraft(chosen ?? null)}
            />
          </Form.Item>
          <Button type="primary" size="large" htmlType="submit" disabled={!canAsk} loading={asking.isPending}>
            测试
          </Button>
        </Form>
      </section>
      <Fault error={asking.error} />
      {asking.data !== undefined && <ExplainedView explained={asking.data} />}
    </PageFrame>
  );
}
