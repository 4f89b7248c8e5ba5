import { Form } from 'antd';
import type { RecordContent } from '../../api/types.ts';
import { FieldInput } from './field-input.tsx';
import type { FieldGroup } from './field.ts';
import { readPath, writePath } from './meta-path.ts';

interface Props {
  readonly groups: readonly FieldGroup[];
  readonly content: RecordContent;
  /** The document exists: its id stays. */
  readonly hasFixedId: boolean;
  readonly onChange: (content: RecordContent) => void;
}

export function FieldGroups({ groups, content, hasFixedId, onChange }: Props) {
  return (
    <Form layout="vertical" component="div">
      {groups.map(({ title, fields }) => (
        <section key={title} className="field-group" aria-label={title}>
          <h3>{title}</h3>
          <div className="fields">
            {fields.map((field) => (
              <FieldInput
                key={field.path.join('.')}
                field={field}
                value={readPath(content.meta, field.path)}
                isReadOnly={hasFixedId && field.path[0] === 'id'}
                onChange={(value) => onChange({ ...content, meta: writePath(content.meta, field.path, value) })}
              />
            ))}
          </div>
        </section>
      ))}
    </Form>
  );
}
