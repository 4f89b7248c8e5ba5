import type { Actor } from '../../domain/audit.ts';
import type { Role } from '../../domain/role.ts';
import type { Editor } from '../../knowledge/editorial/editorial.ts';
import type { ApiToken, Session, User } from '../store.ts';

/** Who makes a request, by a session or by a token, and what they may do. */
export interface Who {
  readonly user: User;
  /** Of a token: at most its own. */
  readonly role: Role;
  readonly session: Session | null;
  readonly token: ApiToken | null;
  readonly actor: Actor;
}

export const editorOf = ({ actor, role }: Who): Editor => ({ ...actor, role });
