import { PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { useSignedIn } from '../../api/session.ts';
import { fetchTexts, type TextFilter, textsKey } from '../../api/texts.ts';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { KIND_NAMES, mayActAs, RECORD_KINDS } from '../../words/names.ts';
import { TextFilters } from './text-filters.tsx';
import { TextTable } from './text-table.tsx';

const PAGE_SIZE = 20;

/** All documents, filtered; the filter stands in the address, so that it can be kept and passed on. */
export function TextsPage() {
  const { role } = useSignedIn().user;
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const of = (name: string): string => search.get(name) ?? '';
  const filter: TextFilter = {
    kind: of('kind'),
    category: of('category'),
    state: of('state'),
    validity: of('validity'),
    q: of('q'),
    page: Math.max(1, Number(of('page')) || 1),
    size: PAGE_SIZE,
  };
  const query = useQuery({
    queryKey: textsKey(filter),
    queryFn: ({ signal }) => fetchTexts(filter, signal),
    placeholderData: keepPreviousData,
  });
  const change = (changed: Partial<TextFilter>): void => {
    const next = { ...filter, page: 1, ...changed };
    setSearch(
      Object.entries({
        kind: next.kind,
        category: next.category,
        state: next.state,
        validity: next.validity,
        q: next.q,
        page: next.page > 1 ? String(next.page) : '',
      }).filter(([, value]) => value !== ''),
    );
  };
  return (
    <PageFrame
      title="文档"
      intro="政策文件、办事指南和问答。每次改动都先成为草稿，经审核后才会用来回答。"
      actions={
        mayActAs(role, 'editor') && (
          <>
            <Button onClick={() => void navigate('/import')}>导入文件</Button>
            <Dropdown
              trigger={['click']}
              menu={{
                items: RECORD_KINDS.map((kind) => ({
                  key: kind,
                  label: KIND_NAMES[kind],
                  onClick: () => void navigate(`/texts/new/${kind}`),
                })),
              }}
            >
              <Button type="primary" icon={<PlusOutlined aria-hidden />} aria-haspopup="menu">
                新建
              </Button>
            </Dropdown>
          </>
        )
      }
    >
      <TextFilters filter={filter} onChange={change} />
      <Loaded query={query} rows={10}>
        {({ items, total }) => (
          <TextTable items={items} total={total} filter={filter} isLoading={query.isPlaceholderData} onChange={change} />
        )}
      </Loaded>
    </PageFrame>
  );
}
