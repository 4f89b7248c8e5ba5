import { Alert } from 'antd';
import { messageOf } from '../api/api-error.ts';

/** Why something did not work; nothing while there is nothing to tell. */
export function Fault({ error, title }: { readonly error: unknown; readonly title?: string }) {
  if (error === null || error === undefined) return null;
  const message = messageOf(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="gap-below"
      title={title ?? message}
      {...(title === undefined ? {} : { description: message })}
    />
  );
}
