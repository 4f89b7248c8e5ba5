import { Button, Result } from 'antd';

/** A page that fell over. Its chunk may be gone after an update, which loading anew puts right. */
export function RouteFault() {
  return (
    <Result
      status="warning"
      title={<h1 className="result-title">这一页没能打开</h1>}
      subTitle="可能刚刚更新过版本。请重新载入；若仍然如此，请告诉管理员。"
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          重新载入
        </Button>
      }
    />
  );
}
