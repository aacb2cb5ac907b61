import type { Client } from 'gatehouse/client';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ConfirmDialog } from './confirm-dialog.js';
import { type UserDetails, useConsole } from './context.js';
import { readLabels, userLabel } from './elements.js';

interface UserAction {
  /** Stays the same when the name changes, so that the button keeps the focus. */
  readonly id: string;
  readonly name: string;
  /** The text that explains the effect before the operator confirms. */
  readonly text: string;
  readonly isDanger?: boolean;
  readonly fields?: ComponentChildren;
  readonly run: (form: FormData) => Promise<unknown>;
  readonly deletesUser?: boolean;
}

interface UserActionsProps {
  readonly user: UserDetails;
  readonly onChanged: () => Promise<void>;
}

/** The buttons for the actions on a user. Each opens a dialog. */
export function UserActions({ user, onChanged }: UserActionsProps) {
  const { client } = useConsole().api;
  const [openAction, setOpenAction] = useState<UserAction | null>(null);
  return (
    <div class="actions">
      {listActions(client, user).map((action) => (
        <button
          key={action.id}
          type="button"
          class={action.isDanger ? 'danger' : 'plain'}
          onClick={() => setOpenAction(action)}
        >
          {action.name}
        </button>
      ))}
      {openAction && (
        <ConfirmDialog
          title={`${openAction.name}: ${userLabel(user)}`}
          text={openAction.text}
          submitLabel={openAction.name}
          isDanger={openAction.isDanger === true}
          submit={openAction.run}
          onDone={() => {
            if (openAction.deletesUser) location.hash = '#/users';
            else void onChanged();
          }}
          onClose={() => setOpenAction(null)}
        >
          {openAction.fields}
        </ConfirmDialog>
      )}
    </div>
  );
}

function listActions(client: Client, user: UserDetails): readonly UserAction[] {
  const { id: userId, enabled } = user;
  return [
    enabled
      ? {
          id: 'status',
          name: 'Block',
          text: 'Ends all sessions of the user immediately. The user cannot sign in until you unblock the account.',
          isDanger: true,
          run: () => client.updateUserStatus({ userId, enabled: false }),
        }
      : {
          id: 'status',
          name: 'Unblock',
          text: 'Allows the user to sign in again.',
          run: () => client.updateUserStatus({ userId, enabled: true }),
        },
    {
      id: 'sessions',
      name: 'Sign out',
      text: 'Ends all sessions of the user on all devices.',
      run: () => client.deleteUserSessions({ userId }),
    },
    {
      id: 'verification',
      name: 'Verify',
      text: 'Mark an address as verified only if you know that it belongs to the user.',
      fields: <VerificationFields user={user} />,
      run: (form) =>
        client.updateUserVerification({
          userId,
          email: user.email,
          phone: user.phone,
          emailVerified: user.email ? changedFlag(form, 'emailVerified', user.emailVerified) : null,
          phoneVerified: user.phone ? changedFlag(form, 'phoneVerified', user.phoneVerified) : null,
        }),
    },
    {
      id: 'labels',
      name: 'Set labels',
      text: 'New JWTs of the user contain the new labels.',
      fields: (
        <>
          <label for="labels">Labels, separated by commas</label>
          <input id="labels" name="labels" defaultValue={user.labels.join(', ')} autocomplete="off" />
        </>
      ),
      run: (form) => client.updateUserLabels({ userId, labels: readLabels(form) }),
    },
    {
      id: 'factors',
      name: 'Reset second factors',
      text: 'Deletes the authenticator, the recovery codes and the passkeys, turns off the second factor and notifies the user. First make sure that the request comes from the user.',
      isDanger: true,
      run: () => client.deleteUserFactors({ userId }),
    },
    {
      id: 'deletion',
      name: 'Delete',
      text: 'Permanently deletes the user and all data of the user.',
      isDanger: true,
      run: () => client.deleteUser({ userId }),
      deletesUser: true,
    },
  ];
}

const VerificationFields = ({ user }: { readonly user: UserDetails }) => (
  <>
    {user.email && (
      <label class="check">
        <input type="checkbox" name="emailVerified" defaultChecked={user.emailVerified} />
        The e-mail address is verified
      </label>
    )}
    {user.phone && (
      <label class="check">
        <input type="checkbox" name="phoneVerified" defaultChecked={user.phoneVerified} />
        The phone number is verified
      </label>
    )}
  </>
);

/** Reads a checkbox; null if it is unchanged. */
function changedFlag(form: FormData, name: string, previous: boolean): boolean | null {
  const isChecked = form.has(name);
  return isChecked === previous ? null : isChecked;
}
