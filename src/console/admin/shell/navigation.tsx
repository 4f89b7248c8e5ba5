import {
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  BellOutlined,
  BookOutlined,
  BulbOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  FileTextOutlined,
  HeartOutlined,
  ImportOutlined,
  KeyOutlined,
  LineChartOutlined,
  MessageOutlined,
  SearchOutlined,
  SettingOutlined,
  SnippetsOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useSignedIn } from '../api/session.ts';
import type { Role } from '../api/types.ts';
import { fetchOverview, OVERVIEW_KEY } from '../api/work.ts';
import { mayActAs } from '../words/names.ts';

interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly role: Role;
}

const GROUPS: readonly { readonly label: string | null; readonly places: readonly Place[] }[] = [
  { label: null, places: [{ to: '/', label: '概览', icon: <DashboardOutlined aria-hidden />, role: 'viewer' }] },
  {
    label: '内容',
    places: [
      { to: '/texts', label: '文档', icon: <FileTextOutlined aria-hidden />, role: 'viewer' },
      { to: '/review', label: '审核队列', icon: <SnippetsOutlined aria-hidden />, role: 'viewer' },
      { to: '/import', label: '导入', icon: <ImportOutlined aria-hidden />, role: 'editor' },
      { to: '/language', label: '词典与同义词', icon: <BookOutlined aria-hidden />, role: 'viewer' },
    ],
  },
  {
    label: '服务',
    places: [
      { to: '/tickets', label: '人工服务', icon: <CustomerServiceOutlined aria-hidden />, role: 'viewer' },
      { to: '/desks', label: '工作群设置', icon: <MessageOutlined aria-hidden />, role: 'admin' },
      { to: '/subscriptions', label: '订阅与推送', icon: <BellOutlined aria-hidden />, role: 'viewer' },
    ],
  },
  {
    label: '质量',
    places: [
      { to: '/insight', label: '数据看板', icon: <LineChartOutlined aria-hidden />, role: 'viewer' },
      { to: '/improve', label: '待改进', icon: <BulbOutlined aria-hidden />, role: 'editor' },
      { to: '/try', label: '检索测试', icon: <SearchOutlined aria-hidden />, role: 'editor' },
      { to: '/evaluation', label: '评测', icon: <BarChartOutlined aria-hidden />, role: 'viewer' },
    ],
  },
  {
    label: '管理',
    places: [
      { to: '/users', label: '用户与角色', icon: <TeamOutlined aria-hidden />, role: 'admin' },
      { to: '/tokens', label: 'API 令牌', icon: <KeyOutlined aria-hidden />, role: 'viewer' },
      { to: '/audit', label: '审计日志', icon: <AuditOutlined aria-hidden />, role: 'reviewer' },
      { to: '/settings', label: '系统设置', icon: <SettingOutlined aria-hidden />, role: 'admin' },
      { to: '/doctor', label: '体检', icon: <HeartOutlined aria-hidden />, role: 'admin' },
    ],
  },
];

/** The places of the console, as far as the role reaches. */
export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const { role } = useSignedIn().user;
  const { data } = useQuery({ queryKey: OVERVIEW_KEY, queryFn: fetchOverview, staleTime: 30_000 });
  const waiting = data?.review.inReview ?? 0;
  return (
    <nav className="navigation" aria-label="主菜单">
      {GROUPS.map(({ label, places }) => {
        const open = places.filter((place) => mayActAs(role, place.role));
        if (open.length === 0) return null;
        return (
          <div key={label ?? ''} className="navigation-group">
            {label !== null && <p id={`navigation-${label}`}>{label}</p>}
            <ul {...(label === null ? {} : { 'aria-labelledby': `navigation-${label}` })}>
              {open.map(({ to, label, icon }) => (
                <li key={to}>
                  <NavLink to={to} end={to === '/'} {...(onGo ? { onClick: onGo } : {})}>
                    {icon}
                    <span>{label}</span>
                    {to === '/review' && waiting > 0 && (
                      <span className="navigation-count" title={`${waiting} 份待审核`}>
                        {waiting}
                      </span>
                    )}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      <p className="navigation-foot">
        <ApartmentOutlined aria-hidden /> <a href="./">打开问答页面</a>
      </p>
    </nav>
  );
}
