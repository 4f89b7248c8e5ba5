import { Spin } from 'antd';

/** Shown while the first page is on its way. */
export function Waiting() {
  return (
    <div className="waiting" role="status">
      <Spin size="large" />
      <span className="visually-hidden">正在载入</span>
    </div>
  );
}
