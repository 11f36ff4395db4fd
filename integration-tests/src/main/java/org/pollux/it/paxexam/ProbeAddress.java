package org.pollux.it.paxexam;

import org.ops4j.pax.exam.TestAddress;

/** Outside: leads Pax Exam's containers to the probe, with what they are to hand over. */
record ProbeAddress(String task, String report) implements TestAddress {

    @Override
    public String identifier() {
        return Probe.SIGNATURE;
    }

    @Override
    public String caption() {
        return identifier();
    }

    @Override
    public TestAddress root() {
        return this;
    }

    @Override
    public Object[] arguments() {
        return new Object[] {task, report};
    }
}
