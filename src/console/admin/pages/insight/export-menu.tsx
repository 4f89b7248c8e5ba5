import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { address } from '../../api/client.ts';
import type { DayRange } from '../../api/insight.ts';
import { useSignedIn } from '../../api/session.ts';
import { mayActAs } from '../../words/names.ts';

const SHEETS = [
  { key: 'days', label: '每日统计' },
  { key: 'questions', label: '提问明细（已遮盖个人号码）' },
  { key: 'weak-spots', label: '没答好的问题' },
  { key: 'sections', label: '章节引用' },
] as const;

/** The figures as files. */
export function ExportMenu({ range }: { readonly range: DayRange }) {
  const { role } = useSignedIn().user;
  if (!mayActAs(role, 'reviewer')) return null;
  const link = (sheet: string, ending: 'csv' | 'xlsx', label: string) => (
    <a href={address(`insight/export.${ending}`, { ...range, sheet })} download>
      {label}
    </a>
  );
  const items = SHEETS.map(({ key, label }) => ({
    key,
    type: 'group' as const,
    label,
    children: [
      { key: `${key}-xlsx`, label: link(key, 'xlsx', 'Excel 表格（.xlsx）') },
      { key: `${key}-csv`, label: link(key, 'csv', 'CSV 文件') },
    ],
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button icon={<DownloadOutlined aria-hidden />}>导出</Button>
    </Dropdown>
  );
}
