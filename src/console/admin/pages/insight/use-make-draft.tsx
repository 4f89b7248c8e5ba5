import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type DraftRequest, type Drafted, makeDraft } from '../../api/insight.ts';
import { OVERVIEW_KEY } from '../../api/work.ts';

/** Makes a draft and says where it is. */
export function useMakeDraft(onMade: (drafted: Drafted) => void) {
  const { message } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: DraftRequest) => makeDraft(request),
    onSuccess: (drafted) => {
      void client.invalidateQueries({ queryKey: OVERVIEW_KEY });
      // Messages stand outside the router: an address of its own.
      void message.success(
        <>
          已加入草稿，<a href={`#/texts/${encodeURIComponent(drafted.textId)}`}>去看看</a>
        </>,
      );
      onMade(drafted);
    },
  });
}
