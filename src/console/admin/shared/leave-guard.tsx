import { Modal } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useBeforeUnload, useBlocker } from 'react-router';

/** Asks before unsaved changes are left behind, by a link or by closing the tab. `letGo` lets the next way out pass. */
export function useLeaveGuard(isDirty: boolean) {
  const isFree = useRef(false);
  useEffect(() => {
    if (isDirty) isFree.current = false;
  }, [isDirty]);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && !isFree.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useBeforeUnload(
    useCallback(
      (event: BeforeUnloadEvent) => {
        if (isDirty && !isFree.current) event.preventDefault();
      },
      [isDirty],
    ),
  );
  const guard = (
    <Modal
      open={blocker.state === 'blocked'}
      title="还有没保存的修改"
      okText="不保存，离开"
      okButtonProps={{ danger: true }}
      cancelText="留下继续改"
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      离开这一页，刚才的修改就没有了。
    </Modal>
  );
  const letGo = useCallback(() => {
    isFree.current = true;
  }, []);
  return { guard, letGo };
}
