package dev.wayside.access;

import java.security.SecureRandom;

/**
 * Makes passwords that are easy to type on a phone: four groups of four lower-case letters and digits, without those that
 * look like others. There are 31<sup>16</sup> of them, about 79 bits.
 */
public final class NewPassword {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 4;

    private NewPassword() {}

    /** A password that nobody can guess, such as {@code k7mf-wq3x-9hbt-2cvr}. */
    public static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            password.append(i > 0 && i % GROUP_LENGTH == 0 ? "-" : "")
                    .append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
