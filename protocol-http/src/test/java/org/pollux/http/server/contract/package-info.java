/**
 * What an exchange promises to handlers, filters and clients, as tests that know no wire: {@link
 * org.pollux.http.server.contract.ExchangeContract} is written once and run on each of them. A wire's author supplies a {@link
 * org.pollux.http.server.contract.Wire} and a {@link org.pollux.http.server.contract.Client} that speaks it.
 */
@NullMarked
package org.pollux.http.server.contract;

import org.jspecify.annotations.NullMarked;
