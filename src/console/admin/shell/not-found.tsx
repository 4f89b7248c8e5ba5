import { Button, Result } from 'antd';
import { Link } from 'react-router';

export function NotFound() {
  return (
    <Result
      status="info"
      title={<h1 className="result-title">没有这一页</h1>}
      subTitle="地址可能写错了，或内容已被移走。"
      extra={
        <Link to="/">
          <Button type="primary">回到概览</Button>
        </Link>
      }
    />
  );
}
