package org.pollux.servlet.exchange;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.MappingMatch;

/** The one servlet has every path of its context. */
record PathMapping(String getMatchValue, String getServletName) implements HttpServletMapping {

    @Override
    public String getPattern() {
        return "/*";
    }

    @Override
    public MappingMatch getMappingMatch() {
        return MappingMatch.PATH;
    }
}
