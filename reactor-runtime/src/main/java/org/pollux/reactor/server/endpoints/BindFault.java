package org.pollux.reactor.server.endpoints;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.pollux.reactor.server.offer.EndpointAddress;

/** Says why an address cannot be bound, and the remedy. */
final class BindFault {

    private BindFault() {}

    static String explain(EndpointAddress address, Exception fault) {
        String reason = Optional.ofNullable(fault.getMessage()).orElse(fault.toString());
        String known = reason.toLowerCase(Locale.ROOT);
        return switch (address) {
            case EndpointAddress.Internet internet -> internet(internet, fault, reason, known);
            case EndpointAddress.Unix unix -> unix(unix, reason, known);
        };
    }

    private static String internet(EndpointAddress.Internet address, Exception fault, String reason, String known) {
        int zone = address.host().indexOf('%');
        if (fault instanceof UnknownHostException && zone >= 0) {
            return "this machine has no interface " + address.host().substring(zone + 1)
                    + " with a link-local address: correct its name, or write another address";
        } else if (fault instanceof UnknownHostException) {
            return "the host " + address.host()
                    + " is not known: correct the name, or write an address of this machine";
        } else if (known.contains("in use")) {
            return "port " + address.port() + " is in use by another program: end that one, or choose another port";
        } else if (known.contains("permission denied")) {
            return "port " + address.port() + " is not permitted (" + reason
                    + "): choose one from 1024 on, or give the JVM the right to bind lower ones (CAP_NET_BIND_SERVICE)";
        } else if (known.contains("assign requested address")) {
            return address.host() + " is not an address of this machine: choose one that is, or 0.0.0.0 for all";
        }
        return reason;
    }

    private static String unix(EndpointAddress.Unix address, String reason, String known) {
        if (known.contains("cannot be checked")) {
            return "it cannot be checked whether another program listens on " + address.path() + " (" + reason
                    + "): delete the file if it is a left-over, permit it, or choose another path";
        } else if (known.contains("listens") || known.contains("in use")) {
            return "another program listens on " + address.path() + ": end that one, or choose another path";
        } else if (known.contains("is a symbolic link")) {
            return "the file " + address.path()
                    + " is a symbolic link: write the path that it leads to, or choose another one";
        } else if (known.contains("is not a socket")) {
            return "the file " + address.path() + " exists and is not a socket: choose another path";
        } else if (known.contains("permission denied")) {
            return "the folder of " + address.path() + " may not be written to: permit it, or choose another path";
        } else if (known.contains("not a directory")) {
            return "the folder of " + address.path() + " is a file: choose another path";
        } else if (known.contains("no such file")) {
            return "the folder of " + address.path() + " does not exist: make it, or choose another path";
        } else if (known.contains("too long")) {
            return "the path " + address.path() + " is longer than the system takes for a socket, some 100 characters:"
                    + " choose a shorter one";
        }
        return reason;
    }
}
