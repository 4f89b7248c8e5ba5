import { type InOrder, inOrder } from '../../domain/in-order.ts';
import type { Catalogue } from '../catalogue.ts';
import { createCatalogue } from '../catalogue.ts';
import { createJobs, type Jobs } from '../jobs.ts';
import { createKept, type Kept } from '../kept.ts';
import type { KeptPlan } from '../plans.ts';
import type { AdminServices } from '../services.ts';
import { createUploads, type Uploads } from '../uploads.ts';

/** What the routes work with: the services of the house, and what this process keeps for those at work. */
export interface House extends AdminServices {
  readonly inTurn: InOrder;
  readonly catalogue: Catalogue;
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly plans: Kept<KeptPlan>;
}

const PLAN_MS = 3_600_000;
/** For one person; a plan holds the texts it would write. */
const MOST_PLANS = 10;

export function openHouse(services: AdminServices): House {
  const { now, newId, texts } = services;
  const inTurn = inOrder();
  return {
    ...services,
    inTurn,
    catalogue: createCatalogue(texts, inTurn),
    jobs: createJobs(services),
    uploads: createUploads(now, newId),
    plans: createKept<KeptPlan>({ keepMs: PLAN_MS, now, most: MOST_PLANS }),
  };
}
