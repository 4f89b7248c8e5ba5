import { jobView } from './job-view.ts';
import { route } from './route.ts';
import { job } from './schemas.ts';

export const doctorRoutes = [
  route('admin', 'post', '/doctor', { summary: 'Check settings, platforms and machine.', answer: job }, async ({ who }, { jobs, doctor }) =>
    jobView(jobs.start(who.user.id, 'doctor', async (signal, onProgress) => ({ checks: await doctor(signal, onProgress) }))),
  ),
];
