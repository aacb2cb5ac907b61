import { useState } from 'preact/hooks';
import { ConfirmDialog } from './confirm-dialog.js';
import { type UserDetails, useConsole } from './context.js';
import { Card, Origin, Time, userLabel } from './elements.js';

interface SecurityChangesProps {
  readonly user: UserDetails;
  readonly onChanged: () => Promise<void>;
}

/** The security changes of a user, which the operator can select and revert. */
export function SecurityChanges({ user, onChanged }: SecurityChangesProps) {
  const { client } = useConsole().api;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isOpen, setIsOpen] = useState(false);
  const toggle = (id: string, isSelected: boolean) => {
    const next = new Set(selected);
    if (isSelected) next.add(id);
    else next.delete(id);
    setSelected(next);
  };
  const changeIds = user.securityChanges.map(({ id }) => id).filter((id) => selected.has(id));
  if (user.securityChanges.length === 0) return null;
  return (
    <Card title="Security changes of the last 30 days">
      <ul>
        {user.securityChanges.map(({ id, createdAt, detail, actor, origin }) => (
          <li key={id}>
            <label class="check">
              <input
                type="checkbox"
                checked={selected.has(id)}
                onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
              />
              <span>
                <Time at={createdAt} /> {detail}
                {actor === 'user' ? '' : ` by ${actor}`}
              </span>
            </label>
            <Origin origin={origin} />
          </li>
        ))}
      </ul>
      <button type="button" class="danger" disabled={changeIds.length === 0} onClick={() => setIsOpen(true)}>
        Revert selected
      </button>
      {isOpen && (
        <ConfirmDialog
          title={`Revert security changes: ${userLabel(user)}`}
          text="Reverts the selected changes, second factors included, and ends the sessions that made them. First make sure that the request comes from the user."
          submitLabel="Revert"
          isDanger
          submit={() => client.undoUserChanges({ userId: user.id, changeIds })}
          onDone={() => {
            setSelected(new Set());
            void onChanged();
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Card>
  );
}
