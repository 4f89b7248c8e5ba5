import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Space, Table } from 'antd';
import { Link } from 'react-router';
import { type Choice, type DayRange, dismissChoice, fetchChoices, INSIGHT_KEY } from '../../api/insight.ts';
import { Fault } from '../../shared/fault.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { useMakeDraft } from './use-make-draft.tsx';

/** What people chose when they were asked back. */
export function ChoicesPanel({ range }: { readonly range: DayRange }) {
  const client = useQueryClient();
  const query = useQuery({ queryKey: [...INSIGHT_KEY, 'choices', range], queryFn: () => fetchChoices(range) });
  const dismissing = useMutation({
    mutationFn: dismissChoice,
    onSuccess: () => client.invalidateQueries({ queryKey: [...INSIGHT_KEY, 'choices'] }),
  });
  const making = useMakeDraft(() => {});
  const add = ({ key, question, documentId, section }: Choice): void =>
    making.mutate(
      { kind: 'alternate', place: `${documentId}#${section}`, questions: [question] },
      { onSuccess: () => dismissing.mutate(key) },
    );
  return (
    <Panel title="用户选中的答案" intro="反问之后，用户自己选了哪一节。加为问法以后，同样的问题就能直接回答。">
      <Fault error={making.error ?? dismissing.error} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words="没有可以补充的问法" />
          ) : (
            <Table<Choice>
              rowKey="key"
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              scroll={{ x: 'max-content' }}
              dataSource={items}
              columns={[
                { title: '用户的问法', dataIndex: 'question', className: 'wrap-cell' },
                {
                  title: '选中的章节',
                  key: 'section',
                  className: 'wrap-cell',
                  render: (_, { documentId, documentTitle, section, sectionTitle }) => (
                    <>
                      <Link to={`/texts/${encodeURIComponent(documentId)}`}>
                        {section}. {sectionTitle}
                      </Link>
                      <br />
                      <span className="quiet">{documentTitle}</span>
                    </>
                  ),
                },
                { title: '次数', dataIndex: 'count', align: 'right' },
                { title: '最近', dataIndex: 'lastDay' },
                {
                  title: '',
                  key: 'do',
                  render: (_, choice) => (
                    <Space>
                      <Button size="small" type="primary" disabled={making.isPending} onClick={() => add(choice)}>
                        加为问法
                      </Button>
                      <Button size="small" disabled={dismissing.isPending} onClick={() => dismissing.mutate(choice.key)}>
                        不用
                      </Button>
                    </Space>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
