import { Radio } from 'antd';
import type { Role } from '../../api/types.ts';
import { ROLE_DUTIES, ROLE_NAMES } from '../../words/names.ts';

interface Props {
  readonly value?: Role;
  /** Roles that may be chosen; all when left out. */
  readonly roles?: readonly Role[];
  readonly onChange?: (role: Role) => void;
}

/** One of the roles, with what each may do. */
export function RoleChoice({ value, roles = Object.keys(ROLE_NAMES) as Role[], onChange }: Props) {
  return (
    <Radio.Group
      className="role-choice"
      {...(value === undefined ? {} : { value })}
      onChange={({ target }) => onChange?.(target.value as Role)}
    >
      {roles.map((role) => (
        <Radio key={role} value={role}>
          {ROLE_NAMES[role]} <span className="quiet">{ROLE_DUTIES[role]}</span>
        </Radio>
      ))}
    </Radio.Group>
  );
}
