import type { JobView } from '../jobs.ts';
import type { job, View } from './schemas.ts';

/** Progress may be in fractions of what there is to do. */
export const jobView = (view: JobView): View<typeof job> => ({ ...view, done: Math.floor(view.done), total: Math.ceil(view.total) });
