import type { InvitationPartsFragment } from 'gatehouse/client';
import { useCallback, useState } from 'preact/hooks';
import { formatTime } from '../../format-time.js';
import { ConfirmDialog } from './confirm-dialog.js';
import { useConsole } from './context.js';
import { Badge, Card, joinPresent, readLabels } from './elements.js';
import { type LoadPage, PagedList } from './paged-list.js';

/** The invitations, with a form for a new one. */
export function Invitations() {
  const { client } = useConsole().api;
  const [isInviting, setIsInviting] = useState(false);
  const [version, setVersion] = useState(0);
  const load = useCallback<LoadPage<InvitationPartsFragment>>(
    (after, signal) => client.listInvitations({ first: 25, after }, { signal }),
    [client, version],
  );
  return (
    <Card title="Invitations">
      <button type="button" onClick={() => setIsInviting(true)}>
        Invite someone
      </button>
      {isInviting && (
        <ConfirmDialog
          title="Invite someone"
          text="The person receives an email with a link that creates an account. The link works for 7 days. It replaces an earlier invitation to the same address."
          submitLabel="Send the invitation"
          isDanger={false}
          submit={(form) =>
            client.createInvitation({
              email: String(form.get('email')),
              name: String(form.get('name')) || null,
              labels: readLabels(form),
            })
          }
          onDone={() => setVersion(version + 1)}
          onClose={() => setIsInviting(false)}
        >
          <label for="email">Email address</label>
          <input id="email" name="email" type="email" required autocomplete="off" />
          <label for="name">Name (optional)</label>
          <input id="name" name="name" autocomplete="off" maxLength={128} />
          <label for="labels">Labels, separated by commas (optional)</label>
          <input id="labels" name="labels" autocomplete="off" />
        </ConfirmDialog>
      )}
      <PagedList
        load={load}
        emptyText="No invitations."
        renderItem={(invitation, reload) => <InvitationSummary invitation={invitation} onDeleted={reload} />}
      />
    </Card>
  );
}

interface InvitationSummaryProps {
  readonly invitation: InvitationPartsFragment;
  readonly onDeleted: () => Promise<void>;
}

function InvitationSummary({ invitation, onDeleted }: InvitationSummaryProps) {
  const { client } = useConsole().api;
  const [isDeleting, setIsDeleting] = useState(false);
  const { id, email, name, labels, invitedBy, createdAt, expiresAt, acceptedAt, userId } = invitation;
  const isExpired = Date.parse(expiresAt) <= performance.timeOrigin + performance.now();
  const state = acceptedAt ? 'accepted' : isExpired ? 'expired' : 'open';
  return (
    <>
      <div class="row">
        {userId === null ? (
          <strong>{email}</strong>
        ) : (
          <a href={`#/users/${encodeURIComponent(userId)}`}>{email}</a>
        )}
        <Badge isBad={state === 'expired'}>{state}</Badge>
      </div>
      <p class="soft">
        {joinPresent(
          name,
          labels.join(', '),
          `by ${invitedBy}`,
          formatTime(createdAt),
          `until ${formatTime(expiresAt)}`,
        )}
      </p>
      {acceptedAt === null && (
        <button type="button" class="plain" onClick={() => setIsDeleting(true)}>
          Delete
        </button>
      )}
      {isDeleting && (
        <ConfirmDialog
          title={`Delete the invitation: ${email}`}
          text="The link in the email stops working."
          submitLabel="Delete"
          isDanger
          submit={() => client.deleteInvitation({ invitationId: id })}
          onDone={() => void onDeleted()}
          onClose={() => setIsDeleting(false)}
        />
      )}
    </>
  );
}
