package org.pollux.reactor.tls.openssl;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The workspace of each thread. It is not a {@link ThreadLocal}, because that keeps the classes of an updated bundle for as long as
 * the thread lives.
 */
final class Workspaces {

    private final ConcurrentMap<Thread, Workspace> all = new ConcurrentHashMap<>();

    /** That of this thread. Every one that is gone is freed, when no session needs it. */
    Workspace current() {
        Workspace mine = all.get(Thread.currentThread());
        if (mine == null) {
            forgetDeadThreads();
            mine = new Workspace();
            all.put(mine.thread, mine);
        }
        return mine;
    }

    private void forgetDeadThreads() {
        for (Iterator<Workspace> each = all.values().iterator(); each.hasNext(); ) {
            Workspace workspace = each.next();
            if (!workspace.thread.isAlive()) {
                each.remove();
                workspace.release();
            }
        }
    }

    /** The engine ends. Sessions that live on keep what they use. */
    void close() {
        for (Iterator<Workspace> each = all.values().iterator(); each.hasNext(); ) {
            Workspace workspace = each.next();
            each.remove();
            workspace.release();
        }
    }
}
