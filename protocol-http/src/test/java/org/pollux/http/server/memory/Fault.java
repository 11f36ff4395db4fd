package org.pollux.http.server.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.BiFunction;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;

/** A mistake that the author of a wire could make, and a test of the contract that finds it. */
enum Fault {
    LOSES_THE_LAST_PIECE("whatIsFlushedLeavesAtOnce", (connection, ask) -> new MemoryStream(connection, ask) {

        private ByteBuffer kept = ByteBuffer.allocate(0);

        @Override
        public boolean write(ByteBuffer data) {
            ByteBuffer before = kept;
            kept = ByteBuffer.allocate(data.remaining()).put(data).flip();
            return !before.hasRemaining() || super.write(before);
        }
    }),
    FORGETS_THAT_THERE_IS_ROOM_AGAIN(
            "aClientThatDoesNotReadStopsTheWriterUntilItDoes", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                void drained() {}
            }),
    ALWAYS_SAYS_THAT_THERE_IS_ROOM(
            "aClientThatDoesNotReadStopsTheWriterUntilItDoes", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                public boolean write(ByteBuffer data) {
                    boolean _ = super.write(data);
                    return true;
                }
            }),
    ENDS_WHAT_IS_GIVEN_UP_AS_IF_IT_WERE_WHOLE(
            "anAbortCutsTheResponse", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                public void abort(Throwable cause) {
                    finish(new Bytes(0));
                    super.abort(cause);
                }
            }),
    GOES_ON_AFTER_AN_ABORT("anAbortCutsTheResponse", (connection, ask) -> new MemoryStream(connection, ask) {

        @Override
        public void abort(Throwable cause) {}
    }),
    NEVER_TELLS_THAT_THE_CLIENT_IS_GONE("whileTheBodyComes", (connection, ask) -> new MemoryStream(connection, ask) {

        @Override
        void gone(Throwable cause) {}
    }),
    SAYS_THAT_ALL_HAS_LEFT("whileAWholeResponseWaitsToBeSent", (connection, ask) -> new MemoryStream(connection, ask) {

        @Override
        public boolean hasLeft() {
            return true;
        }
    }),
    CUTS_ITS_NEIGHBOURS_TOO("oneThatIsCutHarmsNoOther", (connection, ask) -> new MemoryStream(connection, ask) {

        @Override
        public void abort(Throwable cause) {
            super.abort(cause);
            connection.goAway();
        }
    }),
    THROWS_AWAY_WHAT_IS_NOT_ASKED_FOR_YET(
            "aBodyCanBeAskedForLaterAndByAnotherThread", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                void arrives(byte[] piece) {
                    if (isTaking()) {
                        super.arrives(piece);
                    }
                }
            }),
    FORGETS_BODIES_THAT_WERE_HELD_BACK(
            "aPausedBodyIsNotPresentedUntilItIsResumed", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                public void readOn() {}
            }),
    LOSES_THE_END_OF_BODIES(
            "aBodyOfUnknownLengthComesWithItsTrailers", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                void arrivesEnd(FieldLines trailers) {}
            }),
    LOSES_THE_TRAILERS_OF_REQUESTS(
            "aBodyOfUnknownLengthComesWithItsTrailers", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                void arrivesEnd(FieldLines trailers) {
                    super.arrivesEnd(FieldLines.NONE);
                }
            }),
    LOSES_THE_TRAILERS_OF_RESPONSES("trailersFollowTheBody", (connection, ask) -> new MemoryStream(connection, ask) {

        @Override
        public void finish(Bytes trailers) {
            super.finish(new Bytes(0));
        }
    }),
    NEVER_ASKS_FOR_A_BODY(
            "aClientThatWaitsIsAskedWhenItsBodyIs", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                public void inform(int status, Bytes fields) {}
            }),
    LOSES_THE_FIELDS_OF_INTERIM_RESPONSES(
            "interimResponsesComeBeforeTheFinalOne", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                public void inform(int status, Bytes fields) {
                    super.inform(status, new Bytes(0));
                }
            }),
    SENDS_A_SECOND_HEAD("aResponseHasAStatusFieldsAndABody", (connection, ask) -> new MemoryStream(connection, ask) {

        @Override
        public void begin(OutgoingResponse response, long length) {
            super.begin(response, length);
            super.begin(response, length);
        }
    }),
    SENDS_BODIES_TO_HEAD("headIsTheHeadOfGet", (connection, ask) -> new MemoryStream(connection, ask) {

        @Override
        public void send(OutgoingResponse response, ByteBuffer body) {
            begin(response, body.remaining());
            boolean _ = write(body);
            finish(new Bytes(0));
        }
    }),
    SENDS_FILES_FROM_THEIR_BEGINNING(
            "aPartOfAFileIsSentAndTheFileClosed", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                public boolean transfer(FileChannel file, long from, long count) {
                    return super.transfer(file, 0, count);
                }
            }),
    SENDS_WHAT_THERE_IS_OF_A_FILE(
            "aFileThatIsTooShortCutsItsResponse", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                public boolean transfer(FileChannel file, long from, long count) {
                    try {
                        return super.transfer(file, from, Math.min(count, file.size() - from));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }),
    NEVER_TELLS_THAT_THE_SERVER_ENDS(
            "whenTheServerEndsTheStreamEndsInGoodOrder", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                void windUp() {}
            }),
    RUNS_TASKS_OF_THE_LOOP_ANYWHERE(
            "whatAnotherThreadWritesWaitsOnItsWay", (connection, ask) -> new MemoryStream(connection, ask) {

                @Override
                public void execute(Runnable task) {
                    task.run();
                }
            });

    private final String test;

    @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
    private final BiFunction<MemoryConnection, Ask, MemoryStream> streams;

    Fault(String test, BiFunction<MemoryConnection, Ask, MemoryStream> streams) {
        this.test = test;
        this.streams = streams;
    }

    /** The name of a test that fails because of it. */
    String test() {
        return test;
    }

    /** Works but for this. */
    MemoryStream stream(MemoryConnection connection, Ask request) {
        return streams.apply(connection, request);
    }
}
