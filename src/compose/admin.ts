import type { Router } from 'express';
import { createLibrarian } from '../admin/chat.ts';
import { createAdminApi } from '../admin/http/index.ts';
import type { AdminServices, EnvironmentSetting, LibraryDesk } from '../admin/services.ts';
import type { Channel } from '../channels/channel.ts';
import type { Config } from '../config/load.ts';
import { readEnvironment } from '../config/load.ts';
import { SETTINGS } from '../config/schema.ts';
import type { Librarian } from '../conversations/librarian.ts';
import type { QueueCounts } from '../delivery/store.ts';
import { AppError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { StaffWork } from '../hand-off/hand-off.ts';
import { type DigestOptions, sendDigestNow } from '../insight/send-digest.ts';
import type { Insight } from '../insight/insight.ts';
import type { Editorial } from '../knowledge/editorial/editorial.ts';
import type { SqlStore } from '../storage/sql-store.ts';
import { examineHouse } from './doctor.ts';
import { channelStates } from './state.ts';

export interface AdminParts {
  readonly config: Config;
  readonly store: SqlStore;
  readonly editorial: Editorial;
  readonly library: LibraryDesk;
  readonly staff: StaffWork;
  readonly insight: Insight;
  readonly digest: DigestOptions;
  readonly channels: readonly Channel[];
  readonly counts: () => Promise<QueueCounts>;
  readonly log: Log;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What the settings in force are, secrets only as set or not. */
function environmentSettings(): EnvironmentSetting[] {
  const environment = readEnvironment();
  return SETTINGS.map(({ name, description, fallback, isSecret }) => {
    const value = environment[name]?.trim() || null;
    return { name, description, value: isSecret ? null : value, isSet: value !== null, isSecret, fallback };
  });
}

/** The console's API over the house. */
export function composeAdmin(parts: AdminParts, signal: AbortSignal): Router {
  const { config, store, editorial, library, channels, counts, log, now, newId } = parts;
  const services: AdminServices = {
    store: store.admin,
    texts: store.editorial,
    editorial,
    library,
    tickets: store.tickets,
    staff: parts.staff,
    insight: parts.insight,
    sendDigest: () => sendDigestNow(parts.digest),
    subscriptions: store.subscriptions,
    timeZone: config.timeZone,
    doctor: async (_signal, onProgress) => {
      onProgress({ done: 0, total: 1, note: '正在检查设置、本机和聊天平台' });
      return examineHouse();
    },
    environment: environmentSettings(),
    channels: () => channelStates(channels),
    queue: counts,
    log,
    now,
    newId,
    isSecure: config.publicUrl?.startsWith('https:') ?? false,
  };
  return createAdminApi(services, { signal });
}

/** What members of the house may do from a private chat. */
export function composeLibrarian(
  { store, editorial, channels, now }: Pick<AdminParts, 'store' | 'editorial' | 'channels' | 'now'>,
  signal: AbortSignal,
): Librarian {
  return createLibrarian({
    store: store.admin,
    editorial,
    texts: store.editorial,
    now,
    fetchFile(name, fileId, maxBytes) {
      const channel = channels.find((each) => each.name === name);
      if (!channel) throw new AppError('CHANNEL_REJECTED', `Expected the channel ${name} to be set up.`);
      return channel.fetchFile(fileId, maxBytes, signal);
    },
  });
}
