import { Empty } from 'antd';
import type { ReactNode } from 'react';

/** Says that there is nothing, and what could be done about it. */
export function Nothing({ words, children }: { readonly words: string; readonly children?: ReactNode }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words}>
      {children}
    </Empty>
  );
}
