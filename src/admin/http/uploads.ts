import { z } from 'zod';
import { route } from './route.ts';
import { upload } from './schemas.ts';

const query = z.object({ name: z.string().min(1).max(500) });

export const uploadRoutes = [
  route(
    'editor',
    'post',
    '/uploads',
    { summary: 'A file to import, as application/octet-stream of at most 20 MB. Kept for an hour.', body: 'file', query, answer: upload },
    async ({ who, body, query: { name } }, { uploads }) => {
      const { id, name: kept, bytes } = uploads.add(who.user.id, name, body);
      return { id, name: kept, bytes: bytes.length };
    },
  ),
];
