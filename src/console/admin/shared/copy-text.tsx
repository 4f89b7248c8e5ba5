import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, Input, Space } from 'antd';
import { useState } from 'react';
import { copyText } from '../../shared/copy-text.ts';

/** A text to be taken along: shown, selected at a touch, copied with a button. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Space.Compact block>
      <Input readOnly aria-label={label} className="mono" value={text} onFocus={({ target }) => target.select()} />
      <Button
        icon={isCopied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
        onClick={() => void copyText(text).then(setCopied)}
      >
        {isCopied ? '已复制' : '复制'}
      </Button>
    </Space.Compact>
  );
}
