/**
 * What one process at a time may do, for as long as it says every few seconds that it lives. Time is the database's: clocks of several machines differ.
 * Declared here, implemented in storage.
 */
export interface LeaseStore {
  /** Takes a lease nobody holds, or that has run out, or makes one's own last longer. @returns false: another holds it */
  take(name: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Gives a lease back, if it is the holder's. */
  giveBack(name: string, holder: string): Promise<void>;
  /** Leases in force whose name begins so. */
  count(prefix: string): Promise<number>;
}
